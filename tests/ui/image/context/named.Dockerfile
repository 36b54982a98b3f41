FROM python:3.12-slim
RUN useradd app
COPY settings.ini /etc/app/
USER app
